{{>begin}}
{{#ARTICLE}}
<article class="story"{{#IF_OTHER_LANGUAGE}} lang="{{LANGUAGE}}"{{/IF_OTHER_LANGUAGE}}>
<header{{#IF_OTHER_LANGUAGE}} dir="{{DIRECTION}}"{{/IF_OTHER_LANGUAGE}}>
  {{>kicker}}
  <h1>{{HEADLINE}}</h1>
</header>
<form class="respond" action="/password" method="post" lang="{{LANG}}">
  <h2>{{t password.title}}</h2>
  <p>{{t password.why}}</p>
  <input type="hidden" name="article" value="{{ARTICLE_ID}}">
  <input type="hidden" name="stamp" value="{{STAMP}}">
  <p class="field">
    <label for="article-password">{{t password.label}}</label>
    {{#IF_REFUSAL}}<span class="wrong" id="article-password-error" role="alert">{{REFUSAL}}</span>{{/IF_REFUSAL}}
    <input type="password" id="article-password" name="password" autocomplete="off" required{{#IF_REFUSAL}} aria-invalid="true" aria-describedby="article-password-error"{{/IF_REFUSAL}}>
  </p>
  <p><button type="submit">{{t password.button}}</button></p>
</form>
</article>
{{/ARTICLE}}
{{>end}}
