{{>begin}}
{{#ARTICLE}}
<article class="story"{{#IF_OTHER_LANGUAGE}} lang="{{LANGUAGE}}"{{/IF_OTHER_LANGUAGE}}>
{{>story}}
</article>
{{/ARTICLE}}
<div class="story">
{{>comments}}
</div>
{{#IF_RELATED}}
<section class="related">
  <h2 class="label">{{t article.related}}</h2>
  <div class="row">
  {{#RELATED}}
  <article>
    {{#IF_PICTURE}}<div class="picture">{{>picture}}</div>{{/IF_PICTURE}}
    <h3>{{>headline}}</h3>
    <p class="meta"><time datetime="{{PUBLISHED_ISO}}">{{PUBLISHED}}</time></p>
  </article>
  {{/RELATED}}
  </div>
</section>
{{/IF_RELATED}}
{{#IF_AROUND}}
<nav class="around" aria-label="{{t article.around}}">
  {{#PREVIOUS}}<p><span class="kicker">{{t article.previous}}</span> {{>headline}}</p>{{/PREVIOUS}}
  {{#NEXT}}<p class="next"><span class="kicker">{{t article.next}}</span> {{>headline}}</p>{{/NEXT}}
</nav>
{{/IF_AROUND}}
{{>end}}
