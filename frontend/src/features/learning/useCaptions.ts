import { type RefObject, useEffect, useState } from 'react'

/**
 * The words of a video's captions at its second, in a language; nothing when they are off. The page draws them itself: a
 * browser would write them over the picture, on a phone too small to read, and not before the video has been played.
 */
export function useCaptions(video: RefObject<HTMLVideoElement | null>, language: string | undefined): string {
  const [words, setWords] = useState('')
  useEffect(() => {
    setWords('')
    const element = video.current
    const tracks = [...(element?.querySelectorAll('track') ?? [])]
    for (const { track, srclang } of tracks) {
      if (track) track.mode = srclang === language ? 'hidden' : 'disabled'
    }
    const source = tracks.find((one) => one.srclang === language)
    if (element === null || !source?.track) return
    const { track } = source
    const show = () => setWords(wordsAt(track.cues, element.currentTime))
    show()
    source.addEventListener('load', show)
    track.addEventListener('cuechange', show)
    element.addEventListener('loadedmetadata', show)
    element.addEventListener('seeked', show)
    return () => {
      source.removeEventListener('load', show)
      track.removeEventListener('cuechange', show)
      element.removeEventListener('loadedmetadata', show)
      element.removeEventListener('seeked', show)
    }
  }, [video, language])
  return words
}

function wordsAt(cues: TextTrackCueList | null, second: number): string {
  return Array.from(cues ?? [])
    .filter((cue) => cue.startTime <= second && second < cue.endTime)
    .map((cue) => (cue instanceof VTTCue ? (cue.getCueAsHTML().textContent ?? '') : '')) // without marks such as who speaks
    .join('\n')
}
