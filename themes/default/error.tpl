{{>begin}}
<div class="story">
<div class="refusal">
  <h1>{{TITLE}}</h1>
  <p>{{WHY}}</p>
  <p><a href="/">{{t nav.home}}</a></p>
</div>
</div>
{{>end}}
