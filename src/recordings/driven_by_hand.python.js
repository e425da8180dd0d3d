contextSwitch.recording("driven_by_hand", "python", 3, [
{"format":1,"program":"driven_by_hand","language":"python","runtime":"asyncio 3.11.7","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":6},
{"t":0,"ev":"poll","task":0,"line":6},
{"t":0,"ev":"print","task":0,"text":"go on","line":9},
{"t":0,"ev":"print","task":0,"text":"foo","line":19},
{"t":0,"ev":"print","task":0,"text":"not ready","line":12},
{"t":0,"ev":"print","task":0,"text":"go on","line":9},
{"t":0,"ev":"print","task":0,"text":"bar","line":21},
{"t":0,"ev":"print","task":0,"text":"ready: 42","line":14},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
