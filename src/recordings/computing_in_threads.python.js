contextSwitch.recording("computing_in_threads", "python", 3, [
{"format":1,"program":"computing_in_threads","language":"python","runtime":"asyncio 3.11.7","clock":"real","class":"order","notes":["It starts threads of its own; loops in them are not recorded."]},
{"t":0,"ev":"spawn","task":0,"name":"main","line":7},
{"t":0,"ev":"poll","task":0,"line":7},
{"t":0,"ev":"print","task":0,"text":"start","line":8},
{"t":1344045,"ev":"print","task":0,"text":"33860 primes","line":11},
{"t":1391945,"ev":"print","task":0,"text":"33860 primes","line":11},
{"t":1392224,"ev":"ready","task":0},
{"t":1392244,"ev":"end","task":0},
]);
