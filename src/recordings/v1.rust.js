contextSwitch.recording("v1", "rust", 6, [
{"format":1,"program":"v1","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":10},
{"t":0,"ev":"poll","task":0,"line":10},
{"t":0,"ev":"print","task":0,"text":"Hello","line":11},
{"t":0,"ev":"print","task":0,"text":"foo","line":17},
{"t":0,"ev":"timer","task":0,"us":1000000,"line":18},
{"t":0,"ev":"pending","task":0,"on":"1 s","line":18},
{"t":1000000,"ev":"wake","task":0,"by":"timer"},
{"t":1000000,"ev":"poll","task":0,"line":18},
{"t":1000000,"ev":"print","task":0,"text":"World","line":13},
{"t":1000000,"ev":"ready","task":0},
{"t":1000000,"ev":"end","task":0},
]);
