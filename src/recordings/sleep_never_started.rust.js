contextSwitch.recording("sleep_never_started", "rust", 6, [
{"format":1,"program":"sleep_never_started","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":10},
{"t":0,"ev":"poll","task":0,"line":10},
{"t":0,"ev":"spawn","task":1,"name":"async_sleep","by":0,"line":11},
{"t":0,"ev":"print","task":0,"text":"Hello world!","line":22},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
{"t":0,"ev":"cancel","task":1,"how":"drop"},
]);
