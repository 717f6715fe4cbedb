{{! The picture of an article or teaser, with its size so that nothing jumps while it loads. }}
<img src="{{PICTURE}}" alt="{{PICTURE_TEXT}}"{{#IF_SIZE}} width="{{WIDTH}}" height="{{HEIGHT}}"{{/IF_SIZE}}{{#IF_FIRST}} fetchpriority="high"{{/IF_FIRST}}{{#IF_WAITS}} loading="lazy"{{/IF_WAITS}}>
