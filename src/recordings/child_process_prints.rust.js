contextSwitch.recording("child_process_prints", "rust", 6, [
{"format":1,"program":"child_process_prints","language":"rust","runtime":"tokio 1.54.1","clock":"real","class":"seen","notes":["recorded on the machine's clock: it starts another process"]},
{"t":0,"ev":"spawn","task":0,"name":"main","line":9},
{"t":17,"ev":"poll","task":0,"line":9},
{"t":76,"ev":"print","task":0,"text":"start","line":10},
{"t":1998,"ev":"pending","task":0,"on":"the other process","line":11},
{"t":2020,"ev":"wake","task":0,"by":"io"},
{"t":2033,"ev":"poll","task":0,"line":11},
{"t":2095,"ev":"print","task":0,"text":"it said Hello","line":12},
{"t":2099,"ev":"ready","task":0},
{"t":2108,"ev":"end","task":0},
]);
