/**
 * fal's published schema and its client's types list different styles; each one that is in either is
 * taken here.
 */
const SUBSTYLES = {
  realistic_image:
    'b_and_w hard_flash hdr natural_light studio_portrait enterprise motion_blur evening_light faded_nostalgia forest_life mystic_naturalism natural_tones organic_calm real_life_glow retro_realism retro_snapshot urban_drama village_realism warm_folk',
  digital_illustration:
    'pixel_art hand_drawn grain infantile_sketch 2d_art_poster handmade_3d hand_drawn_outline engraving_color 2d_art_poster_2 antiquarian bold_fantasy child_book child_books cover crosshatch digital_engraving expressionism freehand_details grain_20 graphic_intensity hard_comics long_shadow modern_folk multicolor neon_calm noir nostalgic_pastel outline_details pastel_gradient pastel_sketch pop_art pop_renaissance street_art tablet_sketch urban_glow urban_sketching vanilla_dreams young_adult_book young_adult_book_2 3d 80s glow kawaii psychedelic seamless voxel watercolor',
  vector_illustration:
    'bold_stroke chemistry colored_stencil contour_pop_art cosmics cutout depressive editorial emotional_flat infographical marker_outline mosaic naivector roundish_flat segmented_colors sharp_contrast thin vector_photo vivid_shapes engraving line_art line_circuit linocut cartoon doodle_line_art flat_2 kawaii seamless',
} as const;

export const RECRAFT_STYLES: readonly string[] = [
  'any',
  ...Object.entries(SUBSTYLES).flatMap(([style, names]) => [
    style,
    ...names.split(' ').map((name) => `${style}/${name}`),
  ]),
];
