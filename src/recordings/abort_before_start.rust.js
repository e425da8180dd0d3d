contextSwitch.recording("abort_before_start", "rust", 6, [
{"format":1,"program":"abort_before_start","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":7},
{"t":0,"ev":"poll","task":0,"line":7},
{"t":0,"ev":"spawn","task":1,"name":"foo","by":0,"line":8},
{"t":0,"ev":"pending","task":0,"on":"foo to finish","line":10},
{"t":0,"ev":"cancel","task":1,"how":"drop","by":0},
{"t":0,"ev":"wake","task":0,"by":1},
{"t":0,"ev":"poll","task":0,"line":10},
{"t":0,"ev":"print","task":0,"text":"cancelled","line":12},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
