contextSwitch.recording("gather_never_awaited", "rust", 6, [
{"format":1,"program":"gather_never_awaited","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":11},
{"t":0,"ev":"poll","task":0,"line":11},
{"t":0,"ev":"print","task":0,"text":"Hello","line":12},
{"t":0,"ev":"timer","task":0,"us":2000000,"line":14},
{"t":0,"ev":"pending","task":0,"on":"2 s","line":14},
{"t":2000000,"ev":"wake","task":0,"by":"timer"},
{"t":2000000,"ev":"poll","task":0,"line":14},
{"t":2000000,"ev":"print","task":0,"text":"World","line":15},
{"t":2000000,"ev":"ready","task":0},
{"t":2000000,"ev":"end","task":0},
]);
