contextSwitch.recording("two_streams_never_suspending", "rust", 6, [
{"format":1,"program":"two_streams_never_suspending","language":"rust","runtime":"tokio 1.54.1","clock":"virtual","class":"exact"},
{"t":0,"ev":"spawn","task":0,"name":"main","line":10},
{"t":0,"ev":"poll","task":0,"line":10},
{"t":0,"ev":"print","task":0,"text":"x0","line":21},
{"t":0,"ev":"print","task":0,"text":"x1","line":21},
{"t":0,"ev":"print","task":0,"text":"x2","line":21},
{"t":0,"ev":"print","task":0,"text":"y0","line":21},
{"t":0,"ev":"print","task":0,"text":"y1","line":21},
{"t":0,"ev":"print","task":0,"text":"y2","line":21},
{"t":0,"ev":"ready","task":0},
{"t":0,"ev":"end","task":0},
]);
