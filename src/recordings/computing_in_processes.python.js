contextSwitch.recording("computing_in_processes", "python", 3, [
{"format":1,"program":"computing_in_processes","language":"python","runtime":"asyncio 3.11.7","clock":"real","class":"order","notes":["It starts other processes."]},
{"t":0,"ev":"spawn","task":0,"name":"main","line":7},
{"t":0,"ev":"poll","task":0,"line":7},
{"t":0,"ev":"print","task":0,"text":"start","line":8},
{"t":7119260,"ev":"print","task":0,"text":"33860 primes","line":11},
{"t":7119392,"ev":"print","task":0,"text":"33860 primes","line":11},
{"t":7149954,"ev":"ready","task":0},
{"t":7150007,"ev":"end","task":0},
]);
