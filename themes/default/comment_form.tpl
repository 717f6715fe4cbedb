{{>begin}}
<div class="story">
<div class="refusal">
  <h1>{{t form.alone}}</h1>
  {{#IF_ARTICLE}}<p><a href="{{ADDRESS}}">{{HEADLINE}}</a></p>{{/IF_ARTICLE}}
</div>
{{>form}}
</div>
{{>end}}
