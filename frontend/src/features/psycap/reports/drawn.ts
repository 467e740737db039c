import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import type { ChartOf } from '../../../shared/charts/chart'

export type Drawn = { png: ArrayBuffer; width: number; height: number }

/** As wide as the text of an A4 page. */
const WIDTH = 620
/** Twice as many dots as on a screen: paper shows more. */
const DENSITY = 2

/** A plot as a picture file, from the same drawing as on the page. It goes by a data: address: the page's policy lets no other in. */
export async function drawn(chart: ChartOf): Promise<Drawn> {
  const place = document.createElement('div')
  const root = createRoot(place)
  flushSync(() => root.render(chart.picture(WIDTH)))
  const svg = place.querySelector('svg')
  if (svg === null) throw new Error('a plot drew nothing')
  const text = new XMLSerializer().serializeToString(svg)
  const { width, height } = {
    width: Number(svg.getAttribute('width')),
    height: Number(svg.getAttribute('height')),
  }
  root.unmount()
  const image = new Image()
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = width * DENSITY
  canvas.height = height * DENSITY
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('this browser draws no pictures')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, canvas.width, canvas.height)
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (file === null) throw new Error('this browser makes no picture files')
  return { png: await file.arrayBuffer(), width, height }
}
