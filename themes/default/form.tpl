{{! The form under an article. Its fields' names are what the program reads. }}
{{#IF_FORM}}
<form id="respond" class="respond" action="/comment#respond" method="post">
<h2>{{FORM_TITLE}}</h2>
{{#IF_REPLYING}}
<div class="replying"><blockquote><p>{{ANSWERED}}</p></blockquote>
<p><a href="{{CANCEL_ADDRESS}}">{{t form.cancel}}</a></p></div>
{{/IF_REPLYING}}
{{#IF_PROBLEMS}}
<div class="problems" role="alert">
  <p><b>{{t form.problems}}</b></p>
  <ul>
  {{#PROBLEMS}}
    {{#IF_FIELD}}<li><a href="#{{FIELD}}">{{PROBLEM}}</a></li>{{/IF_FIELD}}
    {{#IF_NO_FIELD}}<li>{{PROBLEM}}</li>{{/IF_NO_FIELD}}
  {{/PROBLEMS}}
  </ul>
  {{#IF_KEPT}}<p>{{t form.kept}}</p>{{/IF_KEPT}}
</div>
{{/IF_PROBLEMS}}
<p class="note">{{t form.promise}}</p>
<input type="hidden" name="article" value="{{ARTICLE_ID}}">
<input type="hidden" name="parent" value="{{PARENT_ID}}">
<input type="hidden" name="stamp" value="{{STAMP}}">
{{#IF_PREVIEW}}<section class="preview" id="preview" aria-label="{{t form.preview.label}}"><h3>{{t form.preview.label}}</h3>{{#IF_PREVIEW_QUOTE}}<figure class="passage"><blockquote dir="auto">{{PREVIEW_QUOTE}}</blockquote></figure>{{/IF_PREVIEW_QUOTE}}<div class="said" dir="auto">{{PREVIEW:x-html}}</div></section>{{/IF_PREVIEW}}
<p class="field">
  <label for="respond-comment">{{t form.comment}} <small>* {{t form.required}}</small></label>
  {{#IF_COMMENT_ERROR}}<span class="wrong" id="respond-comment-error">{{COMMENT_ERROR}}</span>{{/IF_COMMENT_ERROR}}
  <textarea id="respond-comment" name="comment" rows="7" required data-most="{{MOST_CHARACTERS}}" aria-describedby="respond-comment-note{{#IF_COMMENT_ERROR}} respond-comment-error{{/IF_COMMENT_ERROR}}"{{#IF_COMMENT_ERROR}} aria-invalid="true"{{/IF_COMMENT_ERROR}}>
{{COMMENT_VALUE}}</textarea>
  <span class="note" id="respond-comment-note">{{MOST_TEXT}} {{t form.markdown}}</span>
</p>
<details class="quoting"{{#IF_QUOTING}} open{{/IF_QUOTING}}><summary>{{t form.quote}}</summary>
<p class="field">
  <label for="respond-quote">{{t form.quote.label}} <small>{{t form.optional}}</small></label>
  {{#IF_QUOTE_ERROR}}<span class="wrong" id="respond-quote-error">{{QUOTE_ERROR}}</span>{{/IF_QUOTE_ERROR}}
  <textarea id="respond-quote" name="quote" rows="2" aria-describedby="respond-quote-note{{#IF_QUOTE_ERROR}} respond-quote-error{{/IF_QUOTE_ERROR}}"{{#IF_QUOTE_ERROR}} aria-invalid="true"{{/IF_QUOTE_ERROR}}>
{{QUOTE_VALUE}}</textarea>
  <span class="note" id="respond-quote-note">{{t form.quote.note}}</span>
</p>
</details>
<p class="field">
  <label for="respond-name">{{t form.name}} <small>* {{t form.required}}</small></label>
  {{#IF_NAME_ERROR}}<span class="wrong" id="respond-name-error">{{NAME_ERROR}}</span>{{/IF_NAME_ERROR}}
  <input type="text" id="respond-name" name="name" value="{{NAME_VALUE}}" autocomplete="name" required{{#IF_NAME_ERROR}} aria-invalid="true" aria-describedby="respond-name-error"{{/IF_NAME_ERROR}}>
</p>
<p class="field">
  <label for="respond-email">{{t form.email}} <small>* {{t form.required}}</small></label>
  {{#IF_EMAIL_ERROR}}<span class="wrong" id="respond-email-error">{{EMAIL_ERROR}}</span>{{/IF_EMAIL_ERROR}}
  <input type="email" id="respond-email" name="email" value="{{EMAIL_VALUE}}" autocomplete="email" required aria-describedby="respond-email-note{{#IF_EMAIL_ERROR}} respond-email-error{{/IF_EMAIL_ERROR}}"{{#IF_EMAIL_ERROR}} aria-invalid="true"{{/IF_EMAIL_ERROR}}>
  <span class="note" id="respond-email-note">{{t form.email.note}}</span>
</p>
<p class="field">
  <label for="respond-website">{{t form.website}} <small>{{t form.optional}}</small></label>
  {{#IF_WEBSITE_ERROR}}<span class="wrong" id="respond-website-error">{{WEBSITE_ERROR}}</span>{{/IF_WEBSITE_ERROR}}
  <input type="text" inputmode="url" id="respond-website" name="website" value="{{WEBSITE_VALUE}}" autocomplete="url"{{#IF_WEBSITE_ERROR}} aria-invalid="true" aria-describedby="respond-website-error"{{/IF_WEBSITE_ERROR}}>
</p>
{{#IF_MAIL}}
<p class="field choice">
  <label><input type="checkbox" name="replies" value="1"{{#IF_WANTS_REPLIES}} checked{{/IF_WANTS_REPLIES}}> {{t form.replies}}</label>
</p>
<p class="note"><a href="/reader">{{t form.sign_in}}</a></p>
{{/IF_MAIL}}
{{#IF_MODERATION}}<p class="note">{{MODERATION}}</p>{{/IF_MODERATION}}
<p class="buttons"><button type="submit">{{t form.button}}</button> <button type="submit" name="preview" value="1" class="plain" formnovalidate>{{t form.preview}}</button></p>
</form>
{{/IF_FORM}}
