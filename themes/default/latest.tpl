{{! The newest stories, on pages that have nothing else to show. }}
{{#IF_LATEST}}
<section class="related">
  <h2 class="label">{{t missing.latest}}</h2>
  <ul class="headlines">
  {{#LATEST}}<li>{{>headline}} <time datetime="{{PUBLISHED_ISO}}">{{PUBLISHED}}</time></li>
  {{/LATEST}}
  </ul>
</section>
{{/IF_LATEST}}
