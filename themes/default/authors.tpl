{{t article.by}} {{#AUTHORS}}{{BEFORE}}<a href="{{ADDRESS}}" rel="author">{{NAME}}</a>{{/AUTHORS}}
