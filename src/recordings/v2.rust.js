contextSwitch.recording("v2", "rust", 6, [
{"format":1,"program":"v2","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":10},
{"t":0,"ev":"poll","task":0,"line":10},
{"t":0,"ev":"print","task":0,"text":"Hello","line":11},
{"t":0,"ev":"spawn","task":1,"name":"foo","by":0,"line":12},
{"t":0,"ev":"print","task":0,"text":"World","line":13},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
{"t":0,"ev":"cancel","task":1,"how":"drop"},
]);
