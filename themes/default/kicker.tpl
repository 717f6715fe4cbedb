{{#IF_KICKER}}<p class="kicker"><a href="{{SECTION_ADDRESS}}">{{SECTION}}</a></p>{{/IF_KICKER}}
