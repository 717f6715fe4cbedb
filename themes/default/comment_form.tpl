{{>begin}}
<div class="story">
<section class="comments">
<h1>{{t form.alone}}</h1>
{{#IF_ARTICLE}}<p><a href="{{ADDRESS}}">{{HEADLINE}}</a></p>{{/IF_ARTICLE}}
{{>form}}
</section>
</div>
{{>end}}
