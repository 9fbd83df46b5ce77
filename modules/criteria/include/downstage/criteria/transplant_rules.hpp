#pragma once

#include "downstage/criteria/rule.hpp"

#include <array>

/// The rules of eligibility by size, number and blood values (RULES.md section 5) as one table. Where a paper
/// prints centimetres, millimetres stand here; what happens exactly at a limit is the sign itself.
namespace downstage::criteria::rules {

/// Holds for nearly every rule: there is a tumour, it has not entered a large vessel nor left the liver.
inline constexpr Few<Condition, 6> confined{count >= 1, no(macrovascular_invasion), no(extrahepatic_disease)};

inline constexpr Few<Way, 10> strict_ways{{count == 1, largest < 50_mm},
                                          {count >= 2, count <= 3, largest < 30_mm}};
inline constexpr Few<Way, 10> acs_ways{{count == 1, largest < 50_mm},
                                       {count >= 2, count <= 3, largest <= 30_mm}};
inline constexpr Few<Way, 10> milan_1996_ways{{count == 1, largest <= 50_mm},
                                              {count >= 2, count <= 3, largest <= 30_mm}};
inline constexpr Reading acs_reading{.who = "the American Cancer Society (single < 5 cm; none above 3 cm)",
                                     .ways = acs_ways};
inline constexpr Reading milan_1996_reading{.who = "Mazzaferro 1996 (single <= 5 cm; none above 3 cm)",
                                            .ways = milan_1996_ways};

inline constexpr Rule milan_strict{.criterion = "milan_strict",
                                   .name = "Milan (strict)",
                                   .text = "one tumour under 50 mm, or two or three all under 30 mm",
                                   .row = "5.1, 5.1b",
                                   .source = "the project's strict reading of RULES 5.1 and 5.1b",
                                   .ways = strict_ways,
                                   .always = confined,
                                   .readings = {acs_reading, milan_1996_reading}};
inline constexpr Rule milan_acs{
    .criterion = "milan_acs",
    .name = "Milan (ACS)",
    .text = "one tumour smaller than 50 mm, or two or three none larger than 30 mm",
    .row = "5.1b",
    .source = "American Cancer Society",
    .ways = acs_ways,
    .always = confined,
    .readings = {{"the project's strict reading (all under the limit)", strict_ways}, milan_1996_reading}};
inline constexpr Rule milan{
    .criterion = "milan",
    .name = "Milan (1996)",
    .text = "one tumour of at most 50 mm, or two or three none larger than 30 mm",
    .row = "5.1",
    .source = "Mazzaferro, NEJM 1996;334:693",
    .ways = milan_1996_ways,
    .always = confined,
    .readings = {{"the project's strict reading (all under the limit)", strict_ways}, acs_reading}};

inline constexpr Rule ucsf{
    .criterion = "ucsf",
    .name = "UCSF",
    .text = "one tumour of at most 65 mm, or two or three of at most 45 mm, together at most 80 mm",
    .row = "5.2",
    .source = "Yao 2001; PMC4641125 Table 1",
    .ways = {{count == 1, largest <= 65_mm}, {count >= 2, count <= 3, largest <= 45_mm, sum <= 80_mm}},
    .always = confined,
    .readings = {{"a transplant programme's page (UPMC: all three limits strict)",
                  {{count == 1, largest < 65_mm}, {count >= 2, count <= 3, largest < 45_mm, sum < 80_mm}}}}};

// Microvascular invasion cannot be known before the operation, and is left out (RULES.md 5.3).
inline constexpr Rule up_to_seven{
    .criterion = "up_to_seven",
    .name = "Up-to-seven",
    .text = "largest diameter in cm plus number at most 7; microvascular invasion, which only the explant "
            "shows, is left out",
    .row = "5.3",
    .source = "Mazzaferro 2009",
    .ways = {{largest_plus_count <= 7_cm}},
    .always = confined};

inline constexpr Rule metroticket2{
    .criterion = "metroticket2",
    .name = "Metroticket 2.0",
    .text =
        "largest in cm plus number at most 7 with AFP under 200 ng/mL, at most 5 with 200 to 400, at most "
        "4 above 400 to 1000; never above 1000",
    .row = "5.4",
    .source = "Mazzaferro 2018; Hepatoma Res 2018;4:63 Table 3",
    .reads = SizeRead::viable_if_treated,
    .ways = {{afp < 200_ng_ml, largest_plus_count <= 7_cm},
             {afp >= 200_ng_ml, afp <= 400_ng_ml, largest_plus_count <= 5_cm},
             {afp > 400_ng_ml, afp <= 1000_ng_ml, largest_plus_count <= 4_cm}},
    .always = confined,
    .readings = {{"bands that give a shared AFP value to the higher band",
                  {{afp < 200_ng_ml, largest_plus_count <= 7_cm},
                   {afp >= 200_ng_ml, afp < 400_ng_ml, largest_plus_count <= 5_cm},
                   {afp >= 400_ng_ml, afp < 1000_ng_ml, largest_plus_count <= 4_cm}}},
                 {"bands that give a shared AFP value to the lower band",
                  {{afp <= 200_ng_ml, largest_plus_count <= 7_cm},
                   {afp > 200_ng_ml, afp <= 400_ng_ml, largest_plus_count <= 5_cm},
                   {afp > 400_ng_ml, afp <= 1000_ng_ml, largest_plus_count <= 4_cm}}}}};

inline constexpr Few<Way, 10> optn_t2_ways{{count == 1, smallest >= 20_mm, largest <= 50_mm},
                                           {count >= 2, count <= 3, smallest >= 10_mm, largest <= 30_mm}};
inline constexpr Rule optn_t2{.criterion = "optn_t2",
                              .name = "OPTN T2",
                              .text = "one tumour of 20 to 50 mm, or two or three each of 10 to 30 mm",
                              .row = "5.5",
                              .source = "OPTN policy 9; WJM 2022;12:32 Table 1",
                              .reads = SizeRead::viable_if_treated,
                              .ways = optn_t2_ways,
                              .always = confined};

// A single tumour above 50 mm and several with one above 30 mm are outside Milan; so are four or five.
inline constexpr Rule unos_ds{
    .criterion = "unos_ds",
    .name = "UNOS-DS entry",
    .text = "outside Milan, and one tumour of at most 80 mm; or two or three of at most 50 mm, together at "
            "most 80 mm; or four or five of at most 30 mm, together at most 80 mm",
    .row = "5.6",
    .source = "AASLD 2023 Table 4; WJM 2022;12:32 Table 2",
    .ways = {{count == 1, largest > 50_mm, largest <= 80_mm},
             {count >= 2, count <= 3, largest > 30_mm, largest <= 50_mm, sum <= 80_mm},
             {count >= 4, count <= 5, largest <= 30_mm, sum <= 80_mm}},
    .always = confined,
    .readings = {{"the OPTN-derived table (four or five, each under 3 cm)",
                  {{count == 1, largest > 50_mm, largest <= 80_mm},
                   {count >= 2, count <= 3, largest > 30_mm, largest <= 50_mm, sum <= 80_mm},
                   {count >= 4, count <= 5, largest < 30_mm, sum <= 80_mm}}}}};

// Two or three tumours of at most 30 mm may add up to 90 mm, and are inside Milan all the same.
inline constexpr Few<Way, 10> beyond_unos_ds{{count == 1, largest > 80_mm},
                                             {count >= 2, count <= 3, largest > 50_mm},
                                             {count >= 2, count <= 3, largest > 30_mm, sum > 80_mm},
                                             {count >= 4, count <= 5, largest > 30_mm},
                                             {count >= 4, count <= 5, sum > 80_mm},
                                             {count >= 6}};
inline constexpr Rule all_comers{
    .criterion = "all_comers",
    .name = "All-comers for downstaging",
    .when_met = "met:",
    .when_not = "not met:",
    .text = "beyond the entry limits of UNOS-DS; success falls with largest plus number",
    .row = "5.11",
    .source = "Xu, Hepatology 2025",
    .ways = beyond_unos_ds,
    .always = confined};

// Read on viable disease only: necrosis is not measured, and a lesion wholly necrotic does not count.
inline constexpr Rule unos_ds_success{
    .criterion = "unos_ds_success",
    .name = "UNOS-DS success",
    .when_met = "met:",
    .when_not = "not met:",
    .text = "after locoregional therapy, what is viable is inside Milan; where a lesion has more than one "
            "enhancing focus its whole diameter counts",
    .row = "5.7",
    .source = "AASLD 2023 Table 4",
    .reads = SizeRead::viable_if_treated,
    .ways = {{count == 0}, {count == 1, largest <= 50_mm}, {count >= 2, count <= 3, largest <= 30_mm}},
    .always = {is(locoregional_therapy), no(macrovascular_invasion), no(extrahepatic_disease)},
    .readings = {{"programmes that ask for OPTN T2", optn_t2_ways}}};

inline constexpr Rule unos_ds_failure{.criterion = "unos_ds_failure",
                                      .name = "UNOS-DS failure",
                                      .when_met = "met:",
                                      .when_not = "not met:",
                                      .text = "after locoregional therapy grown beyond the entry limits, in "
                                              "a major vessel, outside the liver, infiltrative, or AFP above "
                                              "500 ng/mL after a peak of 1000 or more",
                                      .row = "5.8",
                                      .source = "AASLD 2023 Table 4",
                                      .reads = SizeRead::viable_if_treated,
                                      .ways = {{count == 1, largest > 80_mm},
                                               {count >= 2, count <= 3, largest > 50_mm},
                                               {count >= 2, count <= 3, largest > 30_mm, sum > 80_mm},
                                               {count >= 4, count <= 5, largest > 30_mm},
                                               {count >= 4, sum > 80_mm},
                                               {count >= 6},
                                               {is(macrovascular_invasion)},
                                               {is(extrahepatic_disease)},
                                               {is(infiltrative_growth)},
                                               {afp_peak >= 1000_ng_ml, afp > 500_ng_ml}},
                                      .always = {is(locoregional_therapy)}};

inline constexpr Rule optn_afp_gate{
    .criterion = "optn_afp_gate",
    .name = "OPTN AFP gate",
    .when_met = "met:",
    .when_not = "not met:",
    .text = "AFP never above 1000 ng/mL, or under 500 after locoregional therapy",
    .row = "5.10",
    .source = "UNOS notice 2017-12-12",
    .ways = {{afp_peak <= 1000_ng_ml}, {is(locoregional_therapy), afp < 500_ng_ml}},
    .readings = {
        {"AASLD 2023 Table 4 (1000 itself needs the fall)",
         {{afp_peak < 1000_ng_ml}, {is(locoregional_therapy), afp < 500_ng_ml}}},
        {"review of a fall after systemic therapy alone", {{afp_peak <= 1000_ng_ml}, {afp < 500_ng_ml}}}}};

inline constexpr Rule toronto{
    .criterion = "toronto",
    .name = "Extended Toronto",
    .text = "any size and number; no cancer-related symptoms, not poorly differentiated, ECOG 0 or 1",
    .row = "5.12",
    .source = "Sapisochin 2016; AASLD 2023 Table 3",
    .ways = {{differentiation <= 2, ecog <= 1, no(tumour_symptoms)}},
    .always = confined};

inline constexpr Rule ttv115{.criterion = "ttv115",
                             .name = "Total tumour volume",
                             .text = "all tumours as spheres together at most 115 cm3, AFP at most 400 ng/mL",
                             .row = "5.13",
                             .source = "Toso; PMC6113720 Table 1",
                             .ways = {{total_volume <= 115_cm3, afp <= 400_ng_ml}},
                             .always = confined};

// The French points that add up to at most 2, written as the combinations that give them (afp_model.hpp).
inline constexpr Rule french_afp{.criterion = "french_afp",
                                 .name = "French AFP model, low risk",
                                 .text = "at most 2 points for the largest diameter, the number and AFP",
                                 .row = "5.14",
                                 .source = "Duvoux 2012; Hepatoma Res 2018;4:63 Table 2",
                                 .ways = {{largest <= 30_mm, count <= 3, afp <= 1000_ng_ml},
                                          {largest <= 60_mm, count <= 3, afp <= 100_ng_ml},
                                          {largest <= 30_mm, count >= 4, afp <= 100_ng_ml}},
                                 .always = confined};

inline constexpr Rule kyoto{.criterion = "kyoto",
                            .name = "Kyoto",
                            .text = "up to ten tumours of at most 50 mm, DCP at most 400 mAU/mL",
                            .row = "5.16",
                            .source = "Takada; AASLD 2023 Table 3",
                            .ways = {{count <= 10, largest <= 50_mm, dcp <= 400_mau_ml}},
                            .always = confined};

inline constexpr Rule asan{.criterion = "asan",
                           .name = "Asan",
                           .text = "up to six tumours of at most 50 mm",
                           .row = "5.17",
                           .source = "Lee; PMC4641125 Table 1",
                           .ways = {{count <= 6, largest <= 50_mm}},
                           .always = confined};

inline constexpr Rule hangzhou{
    .criterion = "hangzhou",
    .name = "Hangzhou",
    .text =
        "diameters together at most 80 mm; or more, with Edmondson grade I or II and AFP at most 400 ng/mL",
    .row = "5.18",
    .source = "Zheng; PMC4641125 and PMC6113720 Table 1",
    .ways = {{sum <= 80_mm}, {edmondson <= 2, afp <= 400_ng_ml}},
    .always = confined};

inline constexpr Rule japan_555{.criterion = "japan_555",
                                .name = "Japan 5-5-500",
                                .text = "up to five tumours of at most 50 mm, AFP at most 500 ng/mL",
                                .row = "5.19",
                                .source = "PMC6113720 Table 1",
                                .ways = {{largest <= 50_mm, count <= 5, afp <= 500_ng_ml}},
                                .always = confined};

inline constexpr Rule samsung{.criterion = "samsung",
                              .name = "Samsung",
                              .text = "up to seven tumours of at most 60 mm, AFP at most 1000 ng/mL",
                              .row = "5.19",
                              .source = "PMC6113720 Table 1",
                              .ways = {{count <= 7, largest <= 60_mm, afp <= 1000_ng_ml}},
                              .always = confined};

inline constexpr Rule cun{
    .criterion = "cun",
    .name = "CUN (Navarra)",
    .text = "one tumour of at most 60 mm, or two or three of at most 50 mm",
    .row = "5.19",
    .source = "PMC6113720 Table 1",
    .ways = {{count == 1, largest <= 60_mm}, {count >= 2, count <= 3, largest <= 50_mm}},
    .always = confined};

inline constexpr Rule onaca{
    .criterion = "onaca",
    .name = "Onaca",
    .text = "one tumour of at most 60 mm, or two to four of at most 50 mm",
    .row = "5.19",
    .source = "PMC6113720 Table 1",
    .ways = {{count == 1, largest <= 60_mm}, {count >= 2, count <= 4, largest <= 50_mm}},
    .always = confined};

inline constexpr Rule tokyo{.criterion = "tokyo",
                            .name = "Tokyo",
                            .text = "up to five tumours of at most 50 mm",
                            .row = "5.19",
                            .source = "PMC6113720 Table 1",
                            .ways = {{count <= 5, largest <= 50_mm}},
                            .always = confined};

/// In the order in which they are reported: the three Milans first, the strict one as headline.
inline constexpr std::array all{&milan_strict,
                                &milan_acs,
                                &milan,
                                &ucsf,
                                &up_to_seven,
                                &metroticket2,
                                &optn_t2,
                                &unos_ds,
                                &all_comers,
                                &unos_ds_success,
                                &unos_ds_failure,
                                &optn_afp_gate,
                                &toronto,
                                &ttv115,
                                &french_afp,
                                &kyoto,
                                &asan,
                                &hangzhou,
                                &japan_555,
                                &samsung,
                                &cun,
                                &onaca,
                                &tokyo};

}  // namespace downstage::criteria::rules
