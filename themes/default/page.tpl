{{>begin}}
{{#ARTICLE}}
<article class="story"{{#IF_OTHER_LANGUAGE}} lang="{{LANGUAGE}}"{{/IF_OTHER_LANGUAGE}}>
<header{{#IF_OTHER_LANGUAGE}} dir="{{DIRECTION}}"{{/IF_OTHER_LANGUAGE}}>
  {{#IF_PARENTS}}<nav class="parents" aria-label="{{t nav.where}}">{{#PARENTS}}<a href="{{ADDRESS}}">{{NAME}}</a> {{/PARENTS}}</nav>{{/IF_PARENTS}}
  <h1>{{HEADLINE}}</h1>
  {{#IF_STANDFIRST_HTML}}<p class="standfirst">{{STANDFIRST_HTML:x-html}}</p>{{/IF_STANDFIRST_HTML}}
</header>
{{#IF_PICTURE}}
<figure class="lead-picture">{{>picture}}
  {{#IF_BELOW_PICTURE}}<figcaption dir="auto">{{#IF_CAPTION}}{{CAPTION:x-html}} {{/IF_CAPTION}}{{#IF_CREDIT}}<small>{{CREDIT}}</small>{{/IF_CREDIT}}</figcaption>{{/IF_BELOW_PICTURE}}
</figure>
{{/IF_PICTURE}}
<div class="body"{{#IF_OTHER_LANGUAGE}} dir="{{DIRECTION}}"{{/IF_OTHER_LANGUAGE}}>
{{BODY:x-html}}
</div>
<p class="on-paper">{{t article.address}} {{WHOLE_ADDRESS}}</p>
</article>
{{/ARTICLE}}
<div class="story">
{{#IF_CHILDREN}}
<section>
  <h2 class="label">{{t article.children}}</h2>
  <ul class="headlines">
  {{#CHILDREN}}<li>{{>headline}}</li>
  {{/CHILDREN}}
  </ul>
</section>
{{/IF_CHILDREN}}
{{>comments}}
</div>
{{>end}}
