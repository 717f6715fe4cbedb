{{>begin}}
<div class="story">
<div class="refusal">
  <h1>{{TITLE}}</h1>
  <p>{{WHY}}</p>
  <p>{{t gone.more}}</p>
</div>
</div>
{{>latest}}
{{>end}}
