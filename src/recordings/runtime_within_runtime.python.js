contextSwitch.recording("runtime_within_runtime", "python", 3, [
{"format":1,"program":"runtime_within_runtime","language":"python","runtime":"asyncio 3.11.7","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":6},
{"t":0,"ev":"poll","task":0,"line":6},
{"t":0,"ev":"print","task":0,"text":"a thread runs one loop at a time","line":12},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
