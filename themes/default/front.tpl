{{>begin}}
{{#IF_EMPTY}}<p class="notice">{{t front.empty}}</p>{{/IF_EMPTY}}
<div class="top">
{{#LEAD}}
  <article class="lead">
    {{#IF_PICTURE}}<div class="picture">{{>picture}}</div>{{/IF_PICTURE}}
    {{>kicker}}
    <h2>{{>headline}}</h2>
    {{>standfirst}}
    {{>meta}}
  </article>
{{/LEAD}}
{{#IF_SECONDS}}
  <div class="seconds">
  {{#SECONDS}}
    <article class="second">
      {{>kicker}}
      <h2>{{>headline}}</h2>
      {{>standfirst}}
      {{>meta}}
    </article>
  {{/SECONDS}}
  </div>
{{/IF_SECONDS}}
</div>
<div class="blocks">
{{#BLOCKS}}
  <section>
    <h2 class="label"><a href="{{BLOCK_ADDRESS}}">{{BLOCK_NAME}}</a></h2>
    {{#BLOCK_TOP}}
    <article>
      {{#IF_PICTURE}}<div class="picture">{{>picture}}</div>{{/IF_PICTURE}}
      <h3>{{>headline}}</h3>
      {{>standfirst}}
    </article>
    {{/BLOCK_TOP}}
    {{#IF_BLOCK_REST}}
    <ul class="headlines">
    {{#BLOCK_REST}}<li><h3>{{>headline}}</h3></li>
    {{/BLOCK_REST}}
    </ul>
    {{/IF_BLOCK_REST}}
  </section>
{{/BLOCKS}}
</div>
{{#IF_LISTS}}
<div class="lists">
{{#IF_DISCUSSED}}
  <section>
    <h2 class="label">{{t front.discussed}}</h2>
    <ol class="numbered">
    {{#DISCUSSED}}<li>{{>headline}} {{#IF_COMMENTS}}<span class="count">{{COMMENT_COUNT_TEXT}}</span>{{/IF_COMMENTS}}</li>
    {{/DISCUSSED}}
    </ol>
  </section>
{{/IF_DISCUSSED}}
{{#IF_LATEST}}
  <section>
    <h2 class="label">{{t front.latest}}</h2>
    <ul class="headlines">
    {{#LATEST}}<li>{{>headline}} <time datetime="{{PUBLISHED_ISO}}">{{PUBLISHED}}</time></li>
    {{/LATEST}}
    </ul>
  </section>
{{/IF_LATEST}}
{{#IF_LATEST_COMMENTS}}
  <section>
    <h2 class="label">{{t front.comments}}</h2>
    <ul class="headlines voices">
    {{#LATEST_COMMENTS}}<li><q>{{EXCERPT}}</q> <span class="count">{{AUTHOR}}, <a href="{{ADDRESS}}">{{HEADLINE}}</a></span></li>
    {{/LATEST_COMMENTS}}
    </ul>
  </section>
{{/IF_LATEST_COMMENTS}}
</div>
{{/IF_LISTS}}
{{#IF_OLDER}}<p class="older"><a href="/page/2/" rel="next">{{t front.older}}</a></p>{{/IF_OLDER}}
{{>end}}
