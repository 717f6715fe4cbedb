{{! Headline, picture and text of an article, between <article> and </article>. }}
<header{{#IF_OTHER_LANGUAGE}} dir="{{DIRECTION}}"{{/IF_OTHER_LANGUAGE}}>
  {{>kicker}}
  <h1>{{HEADLINE}}</h1>
  {{#IF_STANDFIRST_HTML}}<p class="standfirst">{{STANDFIRST_HTML:x-html}}</p>{{/IF_STANDFIRST_HTML}}
  <div class="byline" lang="{{LANG}}">
    {{#IF_AUTHORS}}<p class="by"><bdi>{{>authors}}</bdi></p>{{/IF_AUTHORS}}
    <p class="times">{{#IF_DATELINE}}<span class="dateline">{{DATELINE}}</span>
    {{/IF_DATELINE}}<span><bdi>{{t article.published}} <time datetime="{{PUBLISHED_ISO}}">{{PUBLISHED}}</time></bdi></span>{{#IF_UPDATED}}
    <span><bdi>{{t article.updated}} <time datetime="{{UPDATED_ISO}}">{{UPDATED}}</time></bdi></span>{{/IF_UPDATED}}</p>
  </div>
</header>
{{#IF_PICTURE}}
<figure class="lead-picture">{{>picture}}
  {{#IF_BELOW_PICTURE}}<figcaption dir="auto">{{#IF_CAPTION}}{{CAPTION:x-html}} {{/IF_CAPTION}}{{#IF_CREDIT}}<small>{{CREDIT}}</small>{{/IF_CREDIT}}</figcaption>{{/IF_BELOW_PICTURE}}
</figure>
{{/IF_PICTURE}}
<div class="body"{{#IF_OTHER_LANGUAGE}} dir="{{DIRECTION}}"{{/IF_OTHER_LANGUAGE}}>
{{BODY:x-html}}
</div>
<footer class="filed" lang="{{LANG}}">
  {{#IF_TAGS}}<p>{{t article.tags}} {{#TAGS}}{{BEFORE}}<a href="{{ADDRESS}}" rel="tag">{{NAME}}</a>{{/TAGS}}</p>{{/IF_TAGS}}
  <p class="on-paper">{{t article.address}} {{WHOLE_ADDRESS}}</p>
</footer>
