contextSwitch.recording("drop_before_await", "rust", 6, [
{"format":1,"program":"drop_before_await","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":7},
{"t":0,"ev":"poll","task":0,"line":7},
{"t":0,"ev":"print","task":0,"text":"foo is cancelled","line":10},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
