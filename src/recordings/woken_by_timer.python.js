contextSwitch.recording("woken_by_timer", "python", 3, [
{"format":1,"program":"woken_by_timer","language":"python","runtime":"asyncio 3.11.7","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":6},
{"t":0,"ev":"poll","task":0,"line":6},
{"t":0,"ev":"print","task":0,"text":"main waits","line":7},
{"t":0,"ev":"timer","task":0,"us":1000000,"line":8},
{"t":0,"ev":"pending","task":0,"on":"1 s","line":8},
{"t":1000000,"ev":"wake","task":0,"by":"timer"},
{"t":1000000,"ev":"poll","task":0,"line":8},
{"t":1000000,"ev":"print","task":0,"text":"main goes on","line":9},
{"t":1000000,"ev":"ready","task":0},
{"t":1000000,"ev":"end","task":0},
]);
