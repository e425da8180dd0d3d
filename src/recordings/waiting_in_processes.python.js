contextSwitch.recording("waiting_in_processes", "python", 3, [
{"format":1,"program":"waiting_in_processes","language":"python","runtime":"asyncio 3.11.7","clock":"real","class":"order","notes":["It starts other processes."]},
{"t":0,"ev":"spawn","task":0,"name":"main","line":7},
{"t":0,"ev":"poll","task":0,"line":7},
{"t":0,"ev":"print","task":0,"text":"start","line":8},
{"t":640056,"ev":"print","task":0,"text":"waited 600 ms","line":11},
{"t":955344,"ev":"print","task":0,"text":"waited 900 ms","line":11},
{"t":1238425,"ev":"print","task":0,"text":"waited 1200 ms","line":11},
{"t":1242957,"ev":"ready","task":0},
{"t":1242997,"ev":"end","task":0},
]);
