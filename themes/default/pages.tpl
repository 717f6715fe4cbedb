{{! Links between the pages of a list or a thread. }}
{{#IF_PAGES}}
<nav class="pages" aria-label="{{PAGES_LABEL}}">
  <ul>
  {{#IF_PREVIOUS_PAGE}}<li><a href="{{ADDRESS}}" rel="prev">{{t nav.previous}}</a></li>{{/IF_PREVIOUS_PAGE}}
  {{#PAGES}}
    {{#IF_GAP}}<li>…</li>{{/IF_GAP}}
    {{#IF_OTHER_PAGE}}<li><a href="{{ADDRESS}}" aria-label="{{PAGE_LABEL}}">{{NUMBER}}</a></li>{{/IF_OTHER_PAGE}}
    {{#IF_THIS_PAGE}}<li><a href="{{ADDRESS}}" aria-label="{{PAGE_LABEL}}" aria-current="page">{{NUMBER}}</a></li>{{/IF_THIS_PAGE}}
  {{/PAGES}}
  {{#IF_NEXT_PAGE}}<li><a href="{{ADDRESS}}" rel="next">{{t nav.next}}</a></li>{{/IF_NEXT_PAGE}}
  </ul>
</nav>
{{/IF_PAGES}}
