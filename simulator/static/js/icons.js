/** The few line icons of the page, drawn from our own paths (24 x 24, stroke only). */

const PATHS = {
  send: "M4 12 20 4l-5 16-3.500-6.500zM11.500 13.500 20 4",
  photo: "M4 7h3l2-3h6l2 3h3v12H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7",
  plus: "M12 5v14M5 12h14",
  more: "M5 12h.01M12 12h.01M19 12h.01",
  close: "M6 6l12 12M18 6 6 18",
  pc: "M3 5h18v11H3zM9 20h6M12 16v4",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3.500 2",
  forward: "M4 6v12l8-6zM12 6v12l8-6z",
  phone: "M8 3h8a1.500 1.500 0 0 1 1.500 1.500v15A1.500 1.500 0 0 1 16 21H8a1.500 1.500 0 0 1-1.500-1.500v-15A1.500 1.500 0 0 1 8 3M11 18h2",
  sticker: "M12 21a9 9 0 1 1 9-9l-9 9M9 10h.01M15 10h.01M8.500 14a4.500 4.500 0 0 0 5 1.500",
  location: "M12 21s7-6 7-11a7 7 0 0 0-14 0c0 5 7 11 7 11M12 12.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5",
  file: "M7 3h7l5 5v13H7zM14 3v5h5",
  video: "M3 6h12v12H3zM15 10l6-3v10l-6-3",
  play: "M8 5v14l11-7z",
  reply: "M9 7 4 12l5 5M4 12h10a6 6 0 0 1 6 6",
  undo: "M5 7h10a5 5 0 0 1 0 10H8M5 7l3-3M5 7l3 3",
  copy: "M9 9h11v11H9zM15 9V4H4v11h5",
  block: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M6 6l12 12",
  hide: "M4 4l16 16M10 6a9 9 0 0 1 11 6 12 12 0 0 1-2.500 3.500M6.500 7.500A12 12 0 0 0 3 12a9.500 9.500 0 0 0 13 5",
  down: "M6 9l6 6 6-6",
  check: "M5 12.500 10 17l9-10",
  calendar: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
};
const SVG = "http://www.w3.org/2000/svg";

/** A decorative icon (hidden from assistive technology; the control around it carries the name). */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
