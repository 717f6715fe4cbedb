{{! The end of every page. }}
</main>
<footer class="foot">
  <p class="name"><a href="/">{{SITE_TITLE}}</a></p>
  <nav aria-label="{{t nav.foot}}">
    <ul>
    {{#FOOT_MENU}}<li><a href="{{ADDRESS}}">{{NAME}}</a></li>
    {{/FOOT_MENU}}
    {{#FOOT_PAGES}}<li><a href="{{ADDRESS}}">{{NAME}}</a></li>
    {{/FOOT_PAGES}}
    <li><a href="/search">{{t nav.search}}</a></li>
    </ul>
  </nav>
</footer>
</body>
</html>
