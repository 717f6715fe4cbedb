{{! The quiet line below a teaser: authors, date, comments. }}
<p class="meta">{{#IF_AUTHORS}}<span>{{>authors}}</span>
{{/IF_AUTHORS}}<time datetime="{{PUBLISHED_ISO}}">{{PUBLISHED}}</time>{{#IF_COMMENTS}}
<a href="{{ADDRESS}}#comments">{{COMMENT_COUNT_TEXT}}</a>{{/IF_COMMENTS}}</p>
