{{>begin}}
<div class="story">
<div class="refusal">
  <h1>{{TITLE}}</h1>
  <p>{{WHY}}</p>
  {{>search_box}}
</div>
</div>
{{>latest}}
{{>end}}
