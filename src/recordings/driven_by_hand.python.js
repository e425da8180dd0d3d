contextSwitch.recording("driven_by_hand", "python", 3, [
{"format":1,"program":"driven_by_hand","language":"python","runtime":"asyncio 3.11.7","clock":"virtual","class":"exact"},
{"t":0,"ev":"print","text":"go on","line":9},
{"t":0,"ev":"print","text":"foo","line":19},
{"t":0,"ev":"print","text":"not ready","line":12},
{"t":0,"ev":"print","text":"go on","line":9},
{"t":0,"ev":"print","text":"bar","line":21},
{"t":0,"ev":"print","text":"ready: 42","line":14},
]);
