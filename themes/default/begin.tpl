{{! The beginning of every page: <head>, masthead, navigation. end.tpl closes what is opened here. }}<!DOCTYPE html>
<html lang="{{LANG}}" dir="{{DIR}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{PAGE_TITLE}}</title>
<link rel="stylesheet" href="{{asset style.css}}">
<link rel="icon" href="{{asset icon.svg}}" type="image/svg+xml">
{{#IF_DESCRIPTION}}<meta name="description" content="{{DESCRIPTION}}">{{/IF_DESCRIPTION}}
{{#IF_CANONICAL}}<link rel="canonical" href="{{CANONICAL}}">{{/IF_CANONICAL}}
<meta name="robots" content="{{ROBOTS}}">
{{#IF_SHARING}}
  <meta property="og:site_name" content="{{SITE_TITLE}}">
  <meta property="og:type" content="{{SHARE_TYPE}}">
  <meta property="og:title" content="{{SHARE_TITLE}}">
  {{#IF_DESCRIPTION}}<meta property="og:description" content="{{DESCRIPTION}}">{{/IF_DESCRIPTION}}
  {{#IF_SHARE_ADDRESS}}<meta property="og:url" content="{{SHARE_ADDRESS}}">{{/IF_SHARE_ADDRESS}}
  {{#IF_SHARE_PICTURE}}
    <meta property="og:image" content="{{SHARE_PICTURE}}">
    {{#IF_SHARE_PICTURE_TEXT}}<meta property="og:image:alt" content="{{SHARE_PICTURE_TEXT}}">{{/IF_SHARE_PICTURE_TEXT}}
    <meta name="twitter:card" content="summary_large_image">
  {{/IF_SHARE_PICTURE}}
{{/IF_SHARING}}
{{#IF_ARTICLE_PROPERTIES}}
  <meta property="article:published_time" content="{{PROPERTY_PUBLISHED}}">
  <meta property="article:modified_time" content="{{PROPERTY_UPDATED}}">
  {{#IF_PROPERTY_SECTION}}<meta property="article:section" content="{{PROPERTY_SECTION}}">{{/IF_PROPERTY_SECTION}}
{{/IF_ARTICLE_PROPERTIES}}
</head>
<body>
<a class="skip" href="#content">{{t nav.skip}}</a>
<header class="masthead">
  <div class="ears">
    <time datetime="{{TODAY_ISO}}">{{TODAY}}</time>
    <a href="/search">{{t nav.search}}</a>
  </div>
  {{#IF_FRONT}}<h1 class="name"><a href="/">{{SITE_TITLE}}</a></h1>{{/IF_FRONT}}
  {{#IF_INSIDE}}<p class="name"><a href="/">{{SITE_TITLE}}</a></p>{{/IF_INSIDE}}
  {{#IF_TAGLINE}}<p class="tagline">{{TAGLINE}}</p>{{/IF_TAGLINE}}
</header>
{{#IF_MENU}}
<nav class="sections" aria-label="{{t nav.sections}}">
  <ul>
  {{#MENU}}<li><a href="{{ADDRESS}}"{{#IF_CURRENT}} aria-current="{{CURRENT}}"{{/IF_CURRENT}}>{{NAME}}</a></li>
  {{/MENU}}
  </ul>
</nav>
{{/IF_MENU}}
<main id="content">
