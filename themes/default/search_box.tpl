<form class="search" action="/search" method="get" role="search">
  <label for="search-words">{{t search.label}}</label>
  <div class="row">
    <input type="search" id="search-words" name="q" value="{{WORDS}}">
    <button type="submit">{{t search.button}}</button>
  </div>
</form>
