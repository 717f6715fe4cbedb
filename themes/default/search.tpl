{{>begin}}
<div class="listing">
<header class="list-head">
  <h1>{{t search.title}}</h1>
  {{>search_box}}
  {{#IF_FOUND}}<p class="meta" role="status">{{FOUND}}</p>{{/IF_FOUND}}
</header>
{{#IF_HITS}}
{{#HITS}}
<article class="teaser">
  <div class="words">
  {{>kicker}}
  <h2>{{>headline}}</h2>
  {{#IF_SNIPPET}}<p class="standfirst">{{SNIPPET:x-html}}</p>{{/IF_SNIPPET}}
  {{>meta}}
  </div>
</article>
{{/HITS}}
{{/IF_HITS}}
{{>pages}}
</div>
{{>end}}
