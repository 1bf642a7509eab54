import { cellToBoundary } from "h3-js";
import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibre } from "maplibre-gl";
import { NO_DATA } from "./classes";

/**
 * A field of H3 cells as a layer of the map itself, so that roads and labels lie above it. The cells' shapes are put on
 * the graphics card once; a new field is one byte per corner, and colours are a row of 256.
 */



const vertexSource = `#version 300 es
uniform mat4 matrix;
in vec2 place;
in float klass;
flat out int k;
void main() {
  k = int(klass + 0.5);
  gl_Position = matrix * vec4(place, 0.0, 1.0);
}`;

const fragmentSource = `#version 300 es
precision mediump float;
uniform sampler2D colours;
uniform float opacity;
uniform float hatch;
flat in int k;
out vec4 colour;
void main() {
  vec4 own = texelFetch(colours, ivec2(k, 0), 0);
  if (k == ${NO_DATA}) own.a *= mod(gl_FragCoord.x + gl_FragCoord.y, hatch * 3.0) < hatch ? 0.9 : 0.25;
  float alpha = own.a * opacity;
  colour = vec4(own.rgb * alpha, alpha);
}`;

/** Web Mercator as MapLibre counts it: 0..1 from west to east and from north to south. */
function mercator([lat, lng]: [number, number]): [number, number] {
  const sine = Math.sin((lat * Math.PI) / 180);
  return [(lng + 180) / 360, 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)];
}

export interface Mesh {
  /** The corner all others are counted from: four bytes are not enough for a street corner in the world. */
  origin: [number, number];
  places: Float32Array;
  triangles: Uint32Array;
  /** Corner k belongs to cell `owner[k]`. */
  owner: Uint32Array;
}

/** Corners and triangles of the cells (a pentagon or a cell that crosses an icosahedron's edge has its own number). */
export function meshOf(cells: readonly string[]): Mesh {
  const places: number[] = [];
  const triangles: number[] = [];
  const owner: number[] = [];
  let origin: [number, number] | null = null;
  cells.forEach((cell, index) => {
    const boundary = cellToBoundary(cell);
    const first = places.length / 2;
    for (const corner of boundary) {
      const place = mercator(corner as [number, number]);
      origin ??= place;
      places.push(place[0] - origin[0], place[1] - origin[1]);
      owner.push(index);
    }
    for (let k = 1; k < boundary.length - 1; k++) triangles.push(first, first + k, first + k + 1);
  });
  return { origin: origin ?? [0, 0], places: new Float32Array(places), triangles: new Uint32Array(triangles), owner: new Uint32Array(owner) };
}

/** A row of 256 colours for the card. */
export function colourRow(colours: readonly string[], noData = "#8A949E"): Uint8Array {
  const row = new Uint8Array(256 * 4);
  const put = (k: number, colour: string): void => {
    const value = parseInt(colour.slice(1), 16);
    row.set([value >> 16, (value >> 8) & 255, value & 255, 255], k * 4);
  };
  colours.forEach((colour, k) => put(k, colour));
  put(NO_DATA, noData);
  return row;
}

function compile(gl: WebGL2RenderingContext, kind: number, source: string): WebGLShader {
  const shader = gl.createShader(kind)!;
  gl.shaderSource(shader, source);
  gl.compileShader(shader);
  return shader;
}

/** `matrix` moved to `origin`, reckoned in 64 bits before it goes to the card. */
function movedTo(matrix: ArrayLike<number>, [x, y]: [number, number]): Float32Array {
  const moved = new Float32Array(16);
  for (let row = 0; row < 4; row++) {
    for (let column = 0; column < 3; column++) moved[column * 4 + row] = matrix[column * 4 + row]!;
    moved[12 + row] = matrix[row]! * x + matrix[4 + row]! * y + matrix[12 + row]!;
  }
  return moved;
}

export class HexLayer implements CustomLayerInterface {
  readonly type = "custom";
  readonly renderingMode = "2d";
  private map: MapLibre | null = null;
  private gl: WebGL2RenderingContext | null = null;
  private program: WebGLProgram | null = null;
  private shapes: WebGLVertexArrayObject | null = null;
  private buffers: WebGLBuffer[] = [];
  private classBuffer: WebGLBuffer | null = null;
  private texture: WebGLTexture | null = null;
  private mesh: Mesh = meshOf([]);
  private classes: Uint8Array = new Uint8Array();
  private colours: Uint8Array = colourRow([]);
  opacity = 0.8;
  hatch = 2;

  constructor(readonly id: string) {}

  setCells(cells: readonly string[]): void {
    this.mesh = meshOf(cells);
    this.uploadShapes();
  }

  setClasses(classes: Uint8Array): void {
    this.classes = classes;
    this.uploadClasses();
  }

  setColours(colours: readonly string[]): void {
    this.colours = colourRow(colours);
    this.uploadColours();
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext): void {
    this.map = map;
    this.gl = gl;
    const program = gl.createProgram()!;
    gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, vertexSource));
    gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, fragmentSource));
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) throw new Error(gl.getProgramInfoLog(program) ?? "hex layer");
    this.program = program;
    this.shapes = gl.createVertexArray();
    this.buffers = [gl.createBuffer()!, gl.createBuffer()!];
    this.classBuffer = gl.createBuffer();
    this.texture = gl.createTexture();
    this.uploadShapes();
    this.uploadColours();
  }

  onRemove(_map: MapLibre, gl: WebGL2RenderingContext): void {
    gl.deleteProgram(this.program);
    gl.deleteVertexArray(this.shapes);
    for (const buffer of this.buffers) gl.deleteBuffer(buffer);
    gl.deleteBuffer(this.classBuffer);
    gl.deleteTexture(this.texture);
    this.gl = this.map = null;
  }

  private uploadShapes(): void {
    const { gl, program } = this;
    if (!gl || !program) return;
    gl.bindVertexArray(this.shapes);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.buffers[0]!);
    gl.bufferData(gl.ARRAY_BUFFER, this.mesh.places, gl.STATIC_DRAW);
    const place = gl.getAttribLocation(program, "place");
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, 2, gl.FLOAT, false, 0, 0);
    gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, this.buffers[1]!);
    gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, this.mesh.triangles, gl.STATIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.classBuffer);
    const klass = gl.getAttribLocation(program, "klass");
    gl.enableVertexAttribArray(klass);
    gl.vertexAttribPointer(klass, 1, gl.UNSIGNED_BYTE, false, 0, 0);
    gl.bindVertexArray(null);
    this.uploadClasses();
  }

  private uploadClasses(): void {
    const { gl, mesh, classes } = this;
    if (!gl) return;
    const perCorner = new Uint8Array(mesh.owner.length);
    // A field that is still on its way leaves its cells without data.
    for (let k = 0; k < perCorner.length; k++) perCorner[k] = classes[mesh.owner[k]!] ?? NO_DATA;
    gl.bindBuffer(gl.ARRAY_BUFFER, this.classBuffer);
    gl.bufferData(gl.ARRAY_BUFFER, perCorner, gl.DYNAMIC_DRAW);
    this.map?.triggerRepaint();
  }

  private uploadColours(): void {
    const { gl } = this;
    if (!gl) return;
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, 256, 1, 0, gl.RGBA, gl.UNSIGNED_BYTE, this.colours);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    this.map?.triggerRepaint();
  }

  render(gl: WebGL2RenderingContext | WebGLRenderingContext, { defaultProjectionData }: CustomRenderMethodInput): void {
    const { program, mesh } = this;
    if (!program || mesh.triangles.length === 0 || !(gl instanceof WebGL2RenderingContext)) return;
    gl.useProgram(program);
    gl.uniformMatrix4fv(gl.getUniformLocation(program, "matrix"), false, movedTo(defaultProjectionData.mainMatrix, mesh.origin));
    gl.uniform1f(gl.getUniformLocation(program, "opacity"), this.opacity);
    gl.uniform1f(gl.getUniformLocation(program, "hatch"), this.hatch);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, this.texture);
    gl.uniform1i(gl.getUniformLocation(program, "colours"), 0);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.bindVertexArray(this.shapes);
    gl.drawElements(gl.TRIANGLES, mesh.triangles.length, gl.UNSIGNED_INT, 0);
    gl.bindVertexArray(null);
  }
}
