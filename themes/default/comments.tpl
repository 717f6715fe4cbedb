{{! The thread under an article: lists within lists, opened and closed by each comment's turn. }}
{{#IF_DISCUSSION}}
<section class="comments" id="comments">
<h2>{{COMMENTS_HEADING}}</h2>
{{#IF_THREAD}}
{{#COMMENTS}}
{{#IF_DEEPER}}<ol class="thread">{{/IF_DEEPER}}{{#SHALLOWER}}</li></ol>{{/SHALLOWER}}{{#IF_SIBLING}}</li>{{/IF_SIBLING}}
<li id="comment-{{COMMENT_ID}}"{{#IF_OWN}} class="own"{{/IF_OWN}}>
{{#IF_SHOWN}}<div class="comment">
<header><span class="face face-{{COLOUR}}" aria-hidden="true">{{INITIAL}}</span>
<div>{{#IF_PINGBACK}}<span class="mark">{{t comment.pingback}}</span> {{/IF_PINGBACK}}<b class="who" dir="auto">{{#IF_WEBSITE}}<a href="{{WEBSITE}}" rel="nofollow ugc noopener">{{AUTHOR}}</a>{{/IF_WEBSITE}}{{#IF_NO_WEBSITE}}{{AUTHOR}}{{/IF_NO_WEBSITE}}</b>
<a class="when" href="{{COMMENT_ADDRESS}}"><time datetime="{{WRITTEN_ISO}}">{{WRITTEN}}</time></a></div></header>
{{#IF_HELD}}<p class="held">{{t comment.held}}</p>{{/IF_HELD}}
<div class="said" dir="auto">{{COMMENT:x-html}}</div>
{{#IF_REPLY}}<p class="actions"><a href="{{REPLY_ADDRESS}}" rel="nofollow" aria-label="{{REPLY_LABEL}}">{{t comment.reply}}</a></p>{{/IF_REPLY}}
</div>{{/IF_SHOWN}}
{{#IF_REMOVED}}<p class="removed">{{t comment.removed}}</p>{{/IF_REMOVED}}
{{/COMMENTS}}
{{#THREAD_END}}</li></ol>{{/THREAD_END}}
{{/IF_THREAD}}
{{>pages}}
{{#IF_CLOSED}}<p class="notice">{{t comment.closed}}</p>{{/IF_CLOSED}}
{{>form}}
</section>
{{/IF_DISCUSSION}}
