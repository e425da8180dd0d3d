contextSwitch.recording("woken_by_timer", "rust", 6, [
{"format":1,"program":"woken_by_timer","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":10},
{"t":0,"ev":"poll","task":0,"line":10},
{"t":0,"ev":"print","task":0,"text":"main waits","line":11},
{"t":0,"ev":"timer","task":0,"us":1000000,"line":12},
{"t":0,"ev":"pending","task":0,"on":"1 s","line":12},
{"t":1000000,"ev":"wake","task":0,"by":"timer"},
{"t":1000000,"ev":"poll","task":0,"line":12},
{"t":1000000,"ev":"print","task":0,"text":"main goes on","line":13},
{"t":1000000,"ev":"ready","task":0},
{"t":1000000,"ev":"end","task":0},
]);
