{{>begin}}
<div class="listing">
<header class="list-head">
  {{#IF_PARENTS}}<nav class="parents" aria-label="{{t nav.where}}">{{#PARENTS}}<a href="{{ADDRESS}}">{{NAME}}</a> {{/PARENTS}}</nav>{{/IF_PARENTS}}
  {{#IF_LISTING_KIND}}<p class="kicker">{{LISTING_KIND}}</p>{{/IF_LISTING_KIND}}
  <h1>{{LISTING_TITLE}}</h1>
  {{#IF_ABOUT}}<div class="about">{{ABOUT:x-html}}</div>{{/IF_ABOUT}}
  {{#IF_COUNT}}<p class="meta">{{COUNT_TEXT}}</p>{{/IF_COUNT}}
  {{#IF_SUBSECTIONS}}
  <nav class="parents" aria-label="{{t listing.children}}">{{#SUBSECTIONS}}<a href="{{ADDRESS}}">{{NAME}}</a> {{/SUBSECTIONS}}</nav>
  {{/IF_SUBSECTIONS}}
</header>
{{#IF_EMPTY}}<p class="notice">{{t listing.empty}}</p>{{/IF_EMPTY}}
{{#IF_STORIES}}
{{#STORIES}}
{{>teaser}}
{{/STORIES}}
{{/IF_STORIES}}
{{>pages}}
</div>
{{>end}}
