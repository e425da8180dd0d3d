contextSwitch.recording("waiting_in_threads", "python", 3, [
{"format":1,"program":"waiting_in_threads","language":"python","runtime":"asyncio 3.11.7","clock":"real","class":"order","notes":["It starts threads of its own; loops in them are not recorded."]},
{"t":0,"ev":"spawn","task":0,"name":"main","line":7},
{"t":0,"ev":"poll","task":0,"line":7},
{"t":0,"ev":"print","task":0,"text":"start","line":8},
{"t":601001,"ev":"print","task":0,"text":"waited 600 ms","line":11},
{"t":909173,"ev":"print","task":0,"text":"waited 900 ms","line":11},
{"t":1205453,"ev":"print","task":0,"text":"waited 1200 ms","line":11},
{"t":1205715,"ev":"ready","task":0},
{"t":1205732,"ev":"end","task":0},
]);
