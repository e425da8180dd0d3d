contextSwitch.recording("drop_before_await", "python", 3, [
{"format":1,"program":"drop_before_await","language":"python","runtime":"asyncio 3.11.7","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":6},
{"t":0,"ev":"poll","task":0,"line":6},
{"t":0,"ev":"print","task":0,"text":"has a cancel: False","line":8},
{"t":0,"ev":"print","task":0,"text":"foo is cancelled","line":10},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
