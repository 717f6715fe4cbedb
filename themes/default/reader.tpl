{{! A reader's own pages: signing in by a mailed link, mails about replies. Nothing of them is ever kept by a cache. }}
{{>begin}}
<div class="story">
<div class="refusal">
  <h1>{{TITLE}}</h1>
  {{#IF_REFUSAL}}<p role="alert">{{REFUSAL}}</p>{{/IF_REFUSAL}}
  {{#IF_TEXT}}<p>{{TEXT}}</p>{{/IF_TEXT}}
  {{#IF_NAME}}<p>{{NAME}}</p>{{/IF_NAME}}
</div>
{{#IF_EMAIL_FORM}}
<form class="respond" action="/reader/sign-in" method="post">
  <p class="field">
    <label for="reader-email">{{t form.email}}</label>
    {{#IF_EMAIL_ERROR}}<span class="wrong" id="reader-email-error" role="alert">{{EMAIL_ERROR}}</span>{{/IF_EMAIL_ERROR}}
    <input type="email" id="reader-email" name="email" value="{{EMAIL_VALUE}}" autocomplete="email" required{{#IF_EMAIL_ERROR}} aria-invalid="true" aria-describedby="reader-email-error"{{/IF_EMAIL_ERROR}}>
  </p>
  <p><button type="submit">{{t reader.button}}</button></p>
</form>
{{/IF_EMAIL_FORM}}
{{#IF_CONFIRM}}
<form class="respond" action="/reader/confirm" method="post">
  <input type="hidden" name="key" value="{{KEY}}">
  <p><button type="submit">{{t reader.confirm.button}}</button></p>
</form>
{{/IF_CONFIRM}}
{{#IF_FOLLOW}}
<form class="respond" action="/reader/follow" method="post">
  <input type="hidden" name="key" value="{{KEY}}">
  <p><button type="submit">{{t reader.follow.button}}</button></p>
</form>
{{/IF_FOLLOW}}
{{#IF_UNFOLLOW}}
<form class="respond" action="/reader/unfollow" method="post">
  <input type="hidden" name="key" value="{{KEY}}">
  <p><button type="submit">{{t reader.unfollow.button}}</button></p>
  <p><button type="submit" name="all" value="1">{{t reader.unfollow.all}}</button></p>
</form>
{{/IF_UNFOLLOW}}
{{#IF_FOLLOWS}}
<h2>{{t reader.follows}}</h2>
<ul>
{{#FOLLOWS}}
  <li>
    <a href="{{ADDRESS}}">{{HEADLINE}}</a>
    <form action="/reader/unfollow" method="post">
      <input type="hidden" name="key" value="{{KEY}}">
      <button type="submit" aria-label="{{UNFOLLOW_LABEL}}">{{t reader.unfollow.this}}</button>
    </form>
  </li>
{{/FOLLOWS}}
</ul>
{{/IF_FOLLOWS}}
{{#IF_SIGN_OUT}}
<form class="respond" action="/reader/sign-out" method="post">
  <p><button type="submit">{{t reader.sign_out}}</button></p>
</form>
{{/IF_SIGN_OUT}}
{{#IF_AGAIN}}<p><a href="/reader">{{t reader.again}}</a></p>{{/IF_AGAIN}}
</div>
{{>end}}
