{{! A story in a list under a heading of the second level. }}
<article class="teaser">
  {{#IF_PICTURE}}<div class="picture">{{>picture}}</div>{{/IF_PICTURE}}
  <div class="words">
  {{>kicker}}
  <h2>{{>headline}}</h2>
  {{>standfirst}}
  {{>meta}}
  </div>
</article>
