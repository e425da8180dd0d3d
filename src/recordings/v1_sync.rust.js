contextSwitch.recording("v1_sync", "rust", 6, [
{"format":1,"program":"v1_sync","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":9},
{"t":0,"ev":"poll","task":0,"line":9},
{"t":0,"ev":"print","task":0,"text":"Hello","line":10},
{"t":0,"ev":"print","task":0,"text":"foo","line":16},
{"t":0,"ev":"block","task":0,"us":1000000,"line":17},
{"t":1000000,"ev":"print","task":0,"text":"World","line":12},
{"t":1000000,"ev":"ready","task":0},
{"t":1000000,"ev":"end","task":0},
]);
