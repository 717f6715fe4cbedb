{{! What a reader does with one comment: changes or deletes one's own, reports somebody's. }}
{{>begin}}
<div class="story">
<div class="refusal">
  <h1>{{TITLE}}</h1>
  {{#IF_ARTICLE}}<p><a href="{{ADDRESS}}">{{HEADLINE}}</a></p>{{/IF_ARTICLE}}
</div>
{{#IF_PROBLEM}}<p class="problems" role="alert" id="task-problem">{{PROBLEM}}</p>{{/IF_PROBLEM}}
{{#IF_COMMENT}}
<figure class="cited">
  <figcaption dir="auto">{{AUTHOR}}</figcaption>
  <blockquote class="said" dir="auto">{{COMMENT:x-html}}</blockquote>
</figure>
{{/IF_COMMENT}}
{{#IF_EDIT}}
<form id="respond" class="respond" action="/comment/edit" method="post">
<input type="hidden" name="grant" value="{{GRANT}}">
{{#IF_PREVIEW}}<section class="preview" id="preview" aria-label="{{t form.preview.label}}"><h2>{{t form.preview.label}}</h2><div class="said" dir="auto">{{PREVIEW:x-html}}</div></section>{{/IF_PREVIEW}}
<p class="field">
  <label for="respond-comment">{{t form.comment}} <small>* {{t form.required}}</small></label>
  <textarea id="respond-comment" name="comment" rows="9" required data-most="{{MOST_CHARACTERS}}" aria-describedby="respond-comment-note{{#IF_PROBLEM}} task-problem{{/IF_PROBLEM}}"{{#IF_PROBLEM}} aria-invalid="true"{{/IF_PROBLEM}}>
{{COMMENT_VALUE}}</textarea>
  <span class="note" id="respond-comment-note">{{MOST_TEXT}} {{t form.markdown}}</span>
</p>
{{#IF_MODERATION}}<p class="note">{{t comment.edit.note}}</p>{{/IF_MODERATION}}
<p class="buttons"><button type="submit">{{t comment.edit.button}}</button> <button type="submit" name="preview" value="1" class="plain">{{t form.preview}}</button></p>
</form>
{{/IF_EDIT}}
{{#IF_DELETE}}
<form class="respond" action="/comment/delete" method="post">
<input type="hidden" name="grant" value="{{GRANT}}">
<p>{{t comment.delete.why}}</p>
<p><button type="submit">{{t comment.delete.button}}</button></p>
</form>
{{/IF_DELETE}}
{{#IF_REPORT}}
<form class="respond" action="/comment/report" method="post">
<input type="hidden" name="comment" value="{{COMMENT_ID}}">
<fieldset>
  <legend>{{t comment.report.why}} <small>* {{t form.required}}</small></legend>
  {{#REASONS}}<p class="choice"><label><input type="radio" name="reason" value="{{REASON}}" required{{#IF_CHOSEN}} checked{{/IF_CHOSEN}}> {{REASON_TEXT}}</label></p>{{/REASONS}}
</fieldset>
<p class="field">
  <label for="report-words">{{t comment.report.words}} <small>{{t form.optional}}</small></label>
  <textarea id="report-words" name="words" rows="3">
{{WORDS_VALUE}}</textarea>
</p>
<p><button type="submit">{{t comment.report.button}}</button></p>
</form>
{{/IF_REPORT}}
{{#IF_REPORTED}}<p class="notice">{{t comment.report.done}}</p>{{/IF_REPORTED}}
</div>
{{>end}}
